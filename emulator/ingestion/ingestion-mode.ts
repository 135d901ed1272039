/** `strict` refuses whatever the documents call wrong; `lenient` takes what examples made by Adobe do nevertheless. */
export type IngestionMode = 'strict' | 'lenient'
