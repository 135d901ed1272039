/** A mapping that cannot be read, or a value that it cannot give; `message` is the reason, and never holds data. */
export class MappingFault extends Error {
  override readonly name = 'MappingFault'
}
