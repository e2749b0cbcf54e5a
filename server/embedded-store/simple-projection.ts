import { fail } from './errors.ts'
import { splitPath } from './paths.ts'
import { type Doc, isDoc, isNumeric, isTruthy, type Value } from './values.ts'

interface Tree extends Map<string, Tree | true> {}

function treeOf(paths: string[]): Tree {
  const tree: Tree = new Map()
  for (const path of paths) {
    let at = tree
    const parts = splitPath(path)
    parts.forEach((part, i) => {
      const next = at.get(part)
      if (next === true || (i === parts.length - 1 && next)) fail(31249, `Path collision at ${path}`)
      if (i === parts.length - 1) at.set(part, true)
      else {
        const inner: Tree = (next as Tree | undefined) ?? new Map()
        at.set(part, inner)
        at = inner
      }
    })
  }
  return tree
}

function included(doc: Doc, tree: Tree): Doc {
  const result: Doc = new Map()
  for (const [name, value] of doc) {
    const wanted = tree.get(name)
    if (wanted === true) result.set(name, value)
    else if (wanted) {
      const inner = pick(value, wanted)
      if (inner !== undefined) result.set(name, inner)
    }
  }
  return result
}

function pick(value: Value, tree: Tree): Value | undefined {
  if (isDoc(value)) return included(value, tree)
  if (Array.isArray(value))
    return value.map((element) => pick(element, tree)).filter((element) => element !== undefined)
  return undefined
}

function excluded(value: Value, tree: Tree): Value {
  if (Array.isArray(value)) return value.map((element) => excluded(element, tree))
  if (!isDoc(value)) return value
  const result: Doc = new Map()
  for (const [name, inner] of value) {
    const dropped = tree.get(name)
    if (dropped === true) continue
    result.set(name, dropped ? excluded(inner, dropped) : inner)
  }
  return result
}

/** A projection of plain inclusions or exclusions; expressions and array operators are refused. */
export function compileProjection(spec: Doc): (doc: Doc) => Doc {
  const paths: string[] = []
  let including: boolean | undefined
  let id: boolean | undefined
  for (const [path, value] of spec) {
    if (typeof value !== 'boolean' && !isNumeric(value))
      return fail('NotImplemented', `the projection of '${path}' is not supported by this store yet`)
    if (path === '_id') id = isTruthy(value)
    else {
      if (including !== undefined && including !== isTruthy(value)) {
        return fail(
          isTruthy(value) ? 31253 : 31254,
          `Cannot do ${isTruthy(value) ? 'inclusion' : 'exclusion'} on field ${path} in ${including ? 'inclusion' : 'exclusion'} projection`,
        )
      }
      including = isTruthy(value)
      paths.push(path)
    }
  }
  if (including ?? id ?? false) {
    const tree = treeOf(id === false ? paths : ['_id', ...paths])
    return (doc) => included(doc, tree)
  }
  const tree = treeOf(id === false ? ['_id', ...paths] : paths)
  return (doc) => excluded(doc, tree) as Doc
}
