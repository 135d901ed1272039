/** A mapping that cannot be read, or that has no value for a row. `message` is the reason and never contains data. */
export class MappingFault extends Error {
  override readonly name = 'MappingFault'
}
