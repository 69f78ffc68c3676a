/**
 * Our own lint rules, loaded by oxlint (`jsPlugins`). Each message says what to do instead.
 * What no rule here can see, so that reviewers must: `/` on numbers that leaves a fraction (write `Math.floor(a / b)` or
 * use bigint), iteration over a Map or Set whose order reaches a result, fractions kept in a Float64Array (it is allowed,
 * as it holds safe integers), case mapping of text beyond ASCII, a pattern built at run time.
 */
import { relative } from 'node:path'
import { judgeImport } from './arrows.ts'

/** The few fields read here of ESTree nodes. */
interface Node {
  readonly type: string
  readonly raw: string
  readonly name: string
  readonly value: unknown
  readonly bigint?: string
  readonly operator: string
  readonly computed: boolean
  readonly parent: Node
  readonly callee: Node
  readonly object: Node
  readonly property: Node
  readonly left: Node
  readonly right: Node
  readonly arguments: readonly Node[]
  readonly source: Node | null
  readonly regex?: { readonly pattern: string; readonly flags: string }
}

interface Context {
  readonly filename: string
  readonly cwd: string
  report(problem: { readonly node: Node; readonly message: string }): void
}

interface Rule {
  create(context: Context): Record<string, (node: Node) => void>
}

const arrows: Rule = {
  create(context) {
    const file = relative(context.cwd, context.filename).replaceAll('\\', '/')
    const look = (node: Node): void => {
      if (typeof node.source?.value !== 'string') return
      const message = judgeImport(file, node.source.value)
      if (message !== undefined) context.report({ node: node.source, message })
    }
    return {
      ImportDeclaration: look,
      ImportExpression: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      TSImportType: look,
    }
  },
}

const noForIn: Rule = {
  create: (context) => ({
    ForInStatement(node) {
      const message = 'for..in borrows the order of an object: sort its keys, then use for..of'
      context.report({ node, message })
    },
  }),
}

const statedOrder: Rule = {
  create: (context) => ({
    CallExpression(node) {
      if (node.callee.type !== 'MemberExpression' || node.callee.computed) return
      const method = node.callee.property.name
      const isListing = ['keys', 'values', 'entries', 'getOwnPropertyNames'].includes(method)
      if (node.callee.object.name !== 'Object' || !isListing) return
      const next = node.parent.type === 'MemberExpression' ? node.parent.property.name : ''
      if (['sort', 'toSorted', 'length', 'every', 'some', 'includes'].includes(next)) return
      const message = `Object.${method} borrows the order of an object: follow it at once by .sort(comparator)`
      context.report({ node, message })
    },
  }),
}

const noFraction: Rule = {
  create: (context) => ({
    Literal(node) {
      if (typeof node.value !== 'number' || /^0[xob]/i.test(node.raw) || !/[.e]/i.test(node.raw)) return
      const message = `${node.raw} is written as a fraction or exponent: the pure ring counts in integers of a smaller unit`
      context.report({ node, message })
    },
  }),
}

const noNumberPower: Rule = {
  create: (context) => ({
    BinaryExpression(node) {
      if (node.operator !== '**' || isBigint(node.left) || isBigint(node.right)) return
      // A power of two integer literals is one known value.
      if (node.left.type === 'Literal' && node.right.type === 'Literal') return
      const message = '** on numbers is not exact on every machine: use bigint (10n ** BigInt(n)) or a table'
      context.report({ node, message })
    },
  }),
}

function isBigint(node: Node): boolean {
  return node.bigint !== undefined || (node.type === 'CallExpression' && node.callee.name === 'BigInt')
}

const stableRegexp: Rule = {
  create: (context) => ({
    Literal(node) {
      if (node.regex === undefined) return
      const { pattern, flags } = node.regex
      if (/\\p\{/i.test(pattern)) {
        const message = '\\p{…} changes with the Unicode tables of the engine: list the characters meant'
        context.report({ node, message })
      }
      if (flags.includes('i')) {
        context.report({ node, message: 'the flag i folds case by the engine’s tables: list both cases' })
      }
    },
  }),
}

export default {
  meta: { name: 'dujiang' },
  rules: {
    arrows,
    'no-for-in': noForIn,
    'stated-order': statedOrder,
    'no-fraction': noFraction,
    'no-number-power': noNumberPower,
    'stable-regexp': stableRegexp,
  },
}
