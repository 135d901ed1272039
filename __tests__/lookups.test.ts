import { join } from 'node:path'
import {
  type ElementAccessExpression,
  type ForInStatement,
  type ForOfStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
} from 'typescript/unstable/ast'
import {
  isBinaryExpression,
  isElementAccessExpression,
  isForInStatement,
  isForOfStatement,
} from 'typescript/unstable/ast/is'
import { API, type Checker } from 'typescript/unstable/sync'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSources } from './support/repository/read-imports.ts'

const ROOT = join(import.meta.dirname, '..')

/** Where names that anybody may choose are looked up: the two that all others call. */
const HOMES = ['src/lib/json-reader.ts', 'emulator/json.ts']

/** An array has numbers; a name of a fixed set is one that stands in our own code. */
function isAnyName(type: string): boolean {
  return type === 'string' || type === 'any' || type.startsWith('`${')
}

/** `for (const name in object) … object[name]`, and the like with its keys: what is there was just seen. */
function isOwnKey(access: ElementAccessExpression, file: SourceFile): boolean {
  const [object, name] = [access.expression.getText(file), access.argumentExpression.getText(file)]
  for (let at: Node | undefined = access.parent; at !== undefined; at = at.parent) {
    if ((isForInStatement(at) || isForOfStatement(at)) && goesThrough(at, { object, name, file })) return true
  }
  return false
}

type Sought = { readonly object: string; readonly name: string; readonly file: SourceFile }

function goesThrough(loop: ForInStatement | ForOfStatement, { object, name, file }: Sought): boolean {
  const keys = loop.expression.getText(file)
  const isOver = isForInStatement(loop) ? keys === object : keys.startsWith(`Object.keys(${object})`)
  return isOver && loop.initializer.getText(file) === `const ${name}`
}

function faultsIn(file: SourceFile, checker: Checker): readonly string[] {
  const faults: string[] = []
  const typeOf = (node: Node) => {
    const type = checker.getTypeAtLocation(node)
    return type === undefined ? 'any' : checker.typeToString(type)
  }
  const visit = (node: Node): undefined => {
    if (isElementAccessExpression(node) && isAnyName(typeOf(node.argumentExpression)) && !isOwnKey(node, file))
      faults.push(node.getText(file))
    const isIn = isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword
    if (isIn && isAnyName(typeOf(node.left))) faults.push(node.getText(file))
    node.forEachChild(visit)
  }
  visit(file)
  return faults
}

let api: API

beforeAll(() => {
  api = new API({ cwd: ROOT })
})

afterAll(() => api.close())

it('a word of a server or a user finds only what was put under it, never what every object has', async () => {
  const config = join(ROOT, 'tsconfig.json')
  const project = api.updateSnapshot({ openProject: config }).getProject(config)
  if (project === undefined) throw new Error('The project cannot be opened')
  const paths = (await readSources()).map(({ path }) => path)
  const ours = paths.filter((path) => !HOMES.includes(path))
  const faults = ours.flatMap((path) => {
    const file = project.program.getSourceFile(join(ROOT, path))
    if (file === undefined) throw new Error(`${path} is not of the project`)
    return faultsIn(file, project.checker).map((text) => `${path}: ${text}: use ownValue or setOwn, or a Map`)
  })
  expect(ours.length).toBeGreaterThan(100)
  expect(faults).toEqual([])
})
