import type { Perform } from '../../action.ts'
import { type SchemaBundle, compileSource, registeredSchema } from '../../check/schema-source.ts'
import type { Inputs } from '../../inputs/inputs.ts'
import { findSchema, findTarget } from '../../publish/dataset.ts'
import { profileState, profileTagsOf } from '../../publish/profile/tags.ts'
import type { RunContext } from '../../modes/steps/run.ts'

/**
 * `schema`: stores a schema of the registry in the form that `schema-file` reads. @param write receives the text of the
 * file
 */
export function storeSchema(write: (text: string, context: RunContext) => Promise<void>): Perform {
  return async (inputs, context) => {
    const { id, meta } = await findNamed(inputs, context)
    const { schema, descriptors } = await registeredSchema({ dataset: meta.dataset ?? id ?? '', schemaId: id }, context)
    if (descriptors === undefined) {
      context.log.warning(
        'The identity descriptors of the schema could not be read: they are not stored, and identities will not be validated',
      )
    }
    const bundle: SchemaBundle = { schema, descriptors: descriptors ?? null, meta }
    await write(`${JSON.stringify(bundle, undefined, 2)}\n`, context)
    return {
      kind: 'examined',
      verdict: { fails: false },
      words: `Read the schema ${JSON.stringify(compileSource({ schema, descriptors }).title)}`,
    }
  }
}

type NamedSchema = Pick<SchemaBundle, 'meta'> & { readonly id: string | undefined }

/** Finds the schema by its dataset, which also shows whether Profile reads its rows, or by its own name. */
async function findNamed(inputs: Inputs, context: RunContext): Promise<NamedSchema> {
  const { schema, sandbox } = inputs
  const stored = new Date(context.clock.wallNow()).toISOString()
  if (schema !== '') {
    return { id: await findSchema(schema, context), meta: { stored, sandbox, dataset: null, isForProfile: null } }
  }
  const { dataset } = await findTarget(inputs, context)
  const { isForProfile } = profileState(profileTagsOf(dataset.tags))
  return { id: dataset.schemaId, meta: { stored, sandbox, dataset: dataset.id, isForProfile } }
}
