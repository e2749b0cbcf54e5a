import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import Handlebars from 'handlebars'

/** A function that templates may call; see `helpers.ts`. */
export type Helper = Handlebars.HelperDelegate

/** All templates, compiled. */
export interface Views {
  /** Renders the view within the layout; throws for an unknown view, layout or name in the data. */
  render(view: string, layout: string, data: Record<string, unknown>): string
}

const BUILT_IN = ['if', 'unless', 'each', 'with', 'lookup', 'helperMissing', 'blockHelperMissing', 'log']

/** Helpers that are called without anything after their name. */
const ALONE = new Set(['formToken'])

/** A name alone, `{{code}}`, means the data's field even where a helper bears the same name. */
function meanField(path: hbs.AST.PathExpression): void {
  if (path.parts.length === 1 && path.depth === 0 && !path.data && !/^(?:\.|this\b)/.test(path.original))
    if (!ALONE.has(path.original)) path.original = `./${path.original}`
}

class Names extends Handlebars.Visitor {
  readonly helpers = new Set<string>()
  readonly partials = new Set<string>()
  override MustacheStatement(node: hbs.AST.MustacheStatement): void {
    if (node.params.length > 0 || node.hash) this.note(node.path)
    else if (node.path.type === 'PathExpression') meanField(node.path as hbs.AST.PathExpression)
    super.MustacheStatement(node)
  }
  override SubExpression(node: hbs.AST.SubExpression): void {
    this.note(node.path)
    super.SubExpression(node)
  }
  override PartialStatement(node: hbs.AST.PartialStatement): void {
    if (node.name.type === 'PathExpression') this.partials.add((node.name as hbs.AST.PathExpression).original)
    super.PartialStatement(node)
  }
  private note(called: hbs.AST.Expression): void {
    if (called.type === 'PathExpression') this.helpers.add((called as hbs.AST.PathExpression).original)
  }
}

/**
 * Compiles every template under a folder once, named by its path without the ending; each may be a page or a part (`{{> reading/card}}`).
 * A helper or part that does not exist stops the start; a name that is shown but that the data lacks throws when it is rendered (asking `#if` after it is allowed).
 */
export function loadViews(folder: string, helpers: Record<string, Helper>): Views {
  const handlebars = Handlebars.create()
  for (const [name, helper] of Object.entries(helpers)) handlebars.registerHelper(name, helper)
  const known = Object.fromEntries([...Object.keys(helpers), ...BUILT_IN].map((name) => [name, true]))
  const templates = new Map<string, HandlebarsTemplateDelegate>()
  const faults: string[] = []
  const used: [view: string, part: string][] = []
  for (const file of globSync('**/*.hbs', { cwd: folder })) {
    const name = file
      .split(path.sep)
      .join('/')
      .replace(/\.hbs$/, '')
    const tree = handlebars.parse(readFileSync(path.join(folder, file), 'utf8'))
    const names = new Names()
    names.accept(tree)
    for (const helper of names.helpers) if (!(helper in known)) faults.push(`${name} calls unknown helper ${helper}`)
    for (const part of names.partials) used.push([name, part])
    const template = handlebars.compile(tree, {
      strict: true,
      noEscape: false,
      preventIndent: true,
      knownHelpers: known as never,
      knownHelpersOnly: true,
    })
    templates.set(name, template)
    handlebars.registerPartial(name, template)
  }
  for (const [view, part] of used) if (!templates.has(part)) faults.push(`${view} includes unknown part ${part}`)
  if (faults.length > 0) throw new Error(`views: ${faults.join('; ')}`)

  function template(name: string): HandlebarsTemplateDelegate {
    const found = templates.get(name)
    if (!found) throw new Error(`no view is named ${name}`)
    return found
  }
  return {
    render(view, layout, data) {
      const content = new Handlebars.SafeString(template(view)(data))
      return template(layout)({ ...data, content })
    },
  }
}
