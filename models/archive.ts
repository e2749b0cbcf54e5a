import mongoose from 'mongoose'

/** Collections that hold only what passes: they are not kept in a backup. */
const PASSING = new Set(['sessions', 'captchas', 'limits'])

const { EJSON } = mongoose.mongo.BSON

function collections(): string[] {
  return mongoose
    .modelNames()
    .map((name) => mongoose.model(name).collection.collectionName)
    .filter((name) => !PASSING.has(name))
    .sort()
}

/** Every document that a backup keeps, as one line of canonical Extended JSON with the name of its collection. */
export async function* everyDocument(): AsyncGenerator<{ collection: string; line: string }> {
  for (const name of collections()) {
    const cursor = mongoose.connection.collection(name).find({}, { batchSize: 500, promoteValues: false } as never)
    for await (const document of cursor) yield { collection: name, line: EJSON.stringify(document, { relaxed: false }) }
  }
}

/** Whether the store holds anything that a backup would keep. */
export async function isEmpty(): Promise<boolean> {
  for (const name of collections()) {
    if (name !== 'secrets' && (await mongoose.connection.collection(name).findOne({}, { projection: { _id: 1 } })))
      return false
  }
  return true
}

/** Removes everything that a backup would keep. */
export async function clearStore(): Promise<void> {
  for (const name of [...collections(), ...PASSING]) await mongoose.connection.collection(name).deleteMany({})
}

/** Puts documents of a backup into their collection, as they were. */
export async function putBack(collection: string, lines: readonly string[]): Promise<void> {
  if (!collections().includes(collection))
    throw new Error(`the backup holds a collection that this newsroom does not know: ${collection}`)
  const documents = lines.map(
    (line) => EJSON.parse(line, { relaxed: false }) as mongoose.mongo.OptionalId<mongoose.mongo.Document>,
  )
  await mongoose.connection.collection(collection).insertMany(documents, { ordered: true })
}

/** Faults of the newsroom's data, one sentence each: indexes that are missing and references that lead nowhere. */
export async function* faultsOfStore(): AsyncGenerator<string> {
  for (const name of mongoose.modelNames()) {
    const { collection, schema } = mongoose.model(name)
    yield* missingIndexes(
      collection.collectionName,
      schema.indexes().map(([keys]) => keys as Record<string, unknown>),
    )
  }
  for (const { name } of await mongoose.connection.listCollections()) {
    const { errors } = await mongoose.connection.db!.command({ validate: name, full: false })
    for (const error of errors as unknown[]) yield `collection ${name}: ${String(error)}`
  }
  const comments = mongoose.connection.collection('comments')
  const articles = mongoose.connection.collection('articles')
  const codes = new Set<number>()
  let highest = 0
  const pictures = new Set<string>()
  for await (const { _id } of mongoose.connection.collection('media').find({}, { projection: { _id: 1 } }))
    pictures.add(String(_id))
  for await (const { code, picture } of articles.find(
    { code: { $exists: true } },
    { projection: { code: 1, 'picture.id': 1 } },
  )) {
    const shown = (picture as { id?: unknown } | null | undefined)?.id
    if (shown !== undefined && !pictures.has(String(shown)))
      yield `article ${code} shows picture ${shown}, which is not there`
    codes.add(Number(code))
    highest = Math.max(highest, Number(code))
  }
  const counter = await mongoose.connection
    .collection<{ _id: string; value: number }>('counters')
    .findOne({ _id: 'news-code' })
  if (highest > (counter?.value ?? 0))
    yield `the counter of news codes stands at ${counter?.value ?? 0}, below the code ${highest} that is in use`
  const articleOf = new Map<string, number>()
  const parents: { id: string; parent: string; code: number }[] = []
  for await (const { _id, articleCode, parentId } of comments.find(
    {},
    { projection: { articleCode: 1, parentId: 1 } },
  )) {
    if (!codes.has(Number(articleCode))) yield `comment ${_id} belongs to article ${articleCode}, which is not there`
    articleOf.set(String(_id), Number(articleCode))
    if (parentId) parents.push({ id: String(_id), parent: String(parentId), code: Number(articleCode) })
  }
  for (const { id, parent, code } of parents) {
    if (articleOf.get(parent) !== code)
      yield `comment ${id} answers ${parent}, which is not a comment of the same article`
  }
}

async function* missingIndexes(collection: string, wanted: Record<string, unknown>[]): AsyncGenerator<string> {
  const there = await mongoose.connection
    .collection(collection)
    .indexes()
    .catch(() => [])
  for (const keys of wanted) {
    const name = JSON.stringify(keys)
    if (!there.some(({ key }) => JSON.stringify(key) === name) && !Object.values(keys).includes('text')) {
      yield `collection ${collection} lacks the index ${name}`
    }
  }
}
