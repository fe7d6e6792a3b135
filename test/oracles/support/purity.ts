import ts from 'typescript'

/** Functions of Math that the standard defines exactly; all others may differ by engine. */
const EXACT_MATH = new Set(['abs', 'floor', 'trunc', 'min', 'max', 'sqrt'])
/** What else of the language depends on place, time, chance, machine or locale, or rounds where one does not see it. */
const FORBIDDEN_GLOBALS = new Set(
  `Date Intl process globalThis global performance crypto fetch eval Function require console setTimeout setInterval queueMicrotask
  SharedArrayBuffer Atomics WeakRef FinalizationRegistry Buffer navigator parseFloat parseInt Float32Array Float16Array
  Temporal WebAssembly Proxy Reflect`.split(/\s+/),
)
const FORBIDDEN_MEMBERS = new Set(
  `toFixed toPrecision toExponential parseFloat parseInt toLocaleString toLocaleUpperCase toLocaleLowerCase toLocaleDateString
  localeCompare random now fround hypot pow constructor __proto__ prototype normalize sumPrecise`.split(/\s+/),
)

export interface Finding {
  line: number
  what: string
}

/** What in a source file could make two machines disagree. Types are not code and are not looked at. */
export function impurities(source: string, fileName = 'code.ts'): Finding[] {
  const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.Latest, true)
  const found: Finding[] = []
  const report = (node: ts.Node, what: string) =>
    found.push({ line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1, what })

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const target = node.moduleSpecifier
      if (target && ts.isStringLiteral(target) && !/^\.\.?\/.*\.ts$/.test(target.text))
        report(node, `import of "${target.text}"`)
    }
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      report(node, 'dynamic import')
    if (ts.isMetaProperty(node)) report(node, 'import.meta')
    if (ts.isBinaryExpression(node)) {
      const kind = node.operatorToken.kind
      if (kind === ts.SyntaxKind.AsteriskAsteriskToken || kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
        report(node, 'operator **')
    }
    if (ts.isAwaitExpression(node) || ts.canHaveModifiers(node))
      if (ts.isAwaitExpression(node) || ts.getModifiers(node)?.some(m => m.kind === ts.SyntaxKind.AsyncKeyword))
        report(node, 'asynchronous code')
    if (ts.isPropertyAccessExpression(node)) {
      const member = node.name.text
      if (ts.isIdentifier(node.expression) && node.expression.text === 'Math') {
        if (!EXACT_MATH.has(member)) report(node, `Math.${member}`)
      } else if (FORBIDDEN_MEMBERS.has(member)) report(node, `.${member}`)
    }
    if (ts.isElementAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'Math')
      report(node, 'Math[…]')
    if (ts.isIdentifier(node) && isReference(node)) {
      if (FORBIDDEN_GLOBALS.has(node.text)) report(node, node.text)
      // `const m = Math` would hide its members.
      if (
        node.text === 'Math' &&
        !(ts.isPropertyAccessExpression(node.parent) || ts.isElementAccessExpression(node.parent))
      )
        report(node, 'Math as a value')
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** An identifier that stands for a variable, not the name of a property, a parameter's label or an import. */
function isReference(node: ts.Identifier): boolean {
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  if (ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) return parent.initializer === node
  return !(ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isMethodDeclaration(parent))
}
