import { uuid } from '../ids.ts'
import type { JsonObject } from '../json.ts'
import type { Platform } from '../platform.ts'
import type { HeldSet, SetVersion } from '../state.ts'
import type { Mapping, MappingSet, SourceType } from './mapping-set.ts'

type Replacer = { readonly platform: Platform; readonly clientId: string }

type Writer = { readonly sandbox: string; readonly clientId: string }

export function holdSet(platform: Platform, set: MappingSet, writer: Writer): HeldSet {
  const version = newVersion(platform, set, writer.clientId)
  const { modified: created, modifiedBy: createdBy } = version
  const held: HeldSet = { id: setId(platform), sandbox: writer.sandbox, created, createdBy, versions: [version] }
  platform.state.mappingSets.set(held.id, held)
  return held
}

export function replaceSet(held: HeldSet, set: MappingSet, { platform, clientId }: Replacer): HeldSet {
  const [first, ...others] = held.versions
  const changed: HeldSet = { ...held, versions: [first, ...others, newVersion(platform, set, clientId)] }
  platform.state.mappingSets.set(held.id, changed)
  return changed
}

export function newestVersion({ versions }: HeldSet): SetVersion {
  return versions.at(-1) ?? versions[0]
}

function newVersion(platform: Platform, set: MappingSet, clientId: string): SetVersion {
  const mappingIds = set.mappings.map(() => setId(platform))
  const modifiedBy = `${clientId}@techacct.adobe.com`
  return { set, modified: platform.now(), modifiedBy, schemaId: setId(platform), mappingIds }
}

/** 32 hexadecimal digits, as in the guide's samples. */
function setId({ random }: Platform): string {
  return uuid(random).replaceAll('-', '')
}

/** Mapping sets guide, "Create a mapping set": the answer contains only the audit data. */
export function auditOf(held: HeldSet, version: SetVersion): JsonObject {
  return {
    id: held.id,
    version: held.versions.indexOf(version),
    createdDate: held.created,
    modifiedDate: version.modified,
    createdBy: held.createdBy,
    modifiedBy: version.modifiedBy,
  }
}

/** Mapping sets guide, "Look up a mapping set". `jsonSchema`: the output schema, if requested. */
export function showSet(held: HeldSet, version: SetVersion, jsonSchema: JsonObject | undefined): JsonObject {
  const { name, inputSchema, schemaRef } = version.set
  return {
    ...auditOf(held, version),
    ...(name === undefined ? {} : { name }),
    supportVersion: '1.1',
    ...(inputSchema === undefined ? {} : { inputSchema }),
    outputSchema: { id: version.schemaId, version: 0, ...(jsonSchema === undefined ? {} : { jsonSchema }), schemaRef },
    mappings: showMappings(held, version),
    status: 'DRAFT',
    strictMapping: false,
    allowNullValues: false,
    xdmVersion: schemaRef.contentType,
    schemaRef,
    xdmSchema: schemaRef.id,
  }
}

const SHOWN_TYPES: Readonly<Record<SourceType, string>> = {
  ATTRIBUTE: 'text/x.schema-path',
  EXPRESSION: 'text/x.aep-xl',
  STATIC: 'STATIC',
}

/** Mapping sets guide, "View mappings for a mapping set": every value also appears under its old name. */
export function showMappings(held: HeldSet, version: SetVersion): readonly JsonObject[] {
  const audit = { ...auditOf(held, version), createdDate: version.modified, createdBy: version.modifiedBy, version: 0 }
  return version.set.mappings.map((mapping, index) => ({ ...audit, id: version.mappingIds[index], ...shown(mapping) }))
}

function shown({ sourceType, source, destination, more }: Mapping): JsonObject {
  const marks = { identity: false, primaryIdentity: false, matchScore: 0, functionVersion: 1 }
  const old = { sourceAttribute: source, destinationXdmPath: destination }
  return { sourceType: SHOWN_TYPES[sourceType], source, destination, ...marks, ...more, ...old }
}
