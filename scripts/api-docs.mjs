// What a reader sees of the public names: each has a comment, no link leads to a name that the entries do not export, and no type is shown
// that exists for the compiler alone. Read from the declarations, as an editor does.
//   node scripts/api-docs.mjs
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { PACKAGES, publicEntries } from './workspace.mjs';

/** Types that a hover must not show: how forms and requests are derived, and not what a caller passes. */
const DERIVED = /\b(?:Fields|Infer)<\{/;

/** The program over all entries of all packages, which know each other by their declarations. */
function programOf(entries) {
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts'],
    strict: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const byName = new Map(entries.map(({ name, entry, file }) => [name + entry.slice(1), file]));
  host.resolveModuleNameLiterals = (literals, containing) =>
    literals.map(({ text }) => {
      const file = byName.get(text);
      if (file !== undefined) return { resolvedModule: { resolvedFileName: file, extension: '.d.ts' } };
      return text.startsWith('.')
        ? ts.resolveModuleName(text, containing, options, host)
        : { resolvedModule: undefined };
    });
  return ts.createProgram(
    entries.map(({ file }) => file),
    options,
    host,
  );
}

const origin = (symbol, checker) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol);

const commentOf = (symbol, checker) => ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim();

/** Members that are documented with a name: those of classes and interfaces. */
const membersOf = (symbol) =>
  [...(symbol.members?.values() ?? []), ...(symbol.exports?.values() ?? [])].filter(
    ({ name }) => !name.startsWith('__'),
  );

/** `{@link Name}`, `{@link Name.member}`, without those of web addresses. */
const linksIn = (text) => [...text.matchAll(/\{@link\s+([A-Za-z_$][\w$]*)(?:[.#]([\w$]+))?/g)];

function textOf(symbol) {
  return (symbol.declarations ?? [])
    .flatMap((one) => ts.getJSDocCommentsAndTags(ts.isVariableDeclaration(one) ? one.parent.parent : one))
    .map((one) => one.getText())
    .join('\n');
}

/** The problems of all names, one line each. */
export function checkDocs() {
  const entries = PACKAGES.flatMap(({ folder, name }) => publicEntries(folder).map((one) => ({ ...one, name })));
  const program = programOf(entries);
  const checker = program.getTypeChecker();
  const exportsOf = ({ file }) => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    return symbol ? checker.getExportsOfModule(symbol) : [];
  };
  const shownType = (type) => checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
  const all = entries.map((entry) => ({ ...entry, exported: exportsOf(entry) }));
  const names = new Set(all.flatMap(({ exported }) => exported.map(({ name }) => name)));
  const seen = new Set();
  const problems = [];
  for (const { name, entry, exported } of all) {
    for (const one of exported) {
      const symbol = origin(one, checker);
      if (seen.has(symbol)) continue;
      seen.add(symbol);
      const place = `${name}${entry.slice(1)}: ${one.name}`;
      if (commentOf(symbol, checker) === '') problems.push(`${place}: no comment`);
      const members = membersOf(symbol);
      const own = new Set(members.map((member) => member.name));
      for (const part of [symbol, ...members])
        for (const [, to] of linksIn(textOf(part)))
          if (!names.has(to) && !own.has(to)) problems.push(`${place}: a link to ${to}, which no entry exports`);
      for (const declaration of symbol.declarations ?? []) {
        const type = checker.getTypeAtLocation(declaration);
        const shown = shownType(type);
        const signatures = type.getCallSignatures().map((signature) => checker.signatureToString(signature));
        const ofMembers = members.map((member) => shownType(checker.getTypeOfSymbol(member)));
        const derived = [shown, ...signatures, ...ofMembers].find((text) => DERIVED.test(text));
        if (derived !== undefined) problems.push(`${place}: shown as ${derived.slice(0, 120)}`);
      }
    }
  }
  return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const problems = checkDocs();
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} problems.`);
  process.exit(problems.length > 0 ? 1 : 0);
}
