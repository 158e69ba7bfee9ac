// Writes each package's public surface, one declaration after the other, to packages/<name>/api.md, and what is inside the command to
// CONTENTS.md of what bundles packages of others, or with --check says where they differ. Read from what is built, so it is what users get: before it writes, it
// builds what has changed.
//   node scripts/api-snapshot.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { checkDocs } from './api-docs.mjs';
import { buildAll } from './build.mjs';
import { checkContents } from './bundled.mjs';
import { PACKAGES, ROOT, packageFolder, publicEntries } from './workspace.mjs';

const printer = ts.createPrinter({ removeComments: true, omitTrailingSemicolon: false });

/** An interface that follows from a shape of forms, with the members that it has. */
function inferredText(declaration, checker) {
  const type = checker.getTypeAtLocation(declaration.name);
  const members = checker.getPropertiesOfType(type).map((member) => {
    const optional = member.flags & ts.SymbolFlags.Optional ? '?' : '';
    const text = checker.typeToString(checker.getTypeOfSymbol(member), declaration, ts.TypeFormatFlags.NoTruncation);
    // The compiler's order of texts in a union changes with what else it has read.
    const inOrder = text.replace(/"[^"]*"(?: \| "[^"]*")+/g, (union) => union.split(' | ').toSorted().join(' | '));
    return `    readonly ${member.name}${optional}: ${inOrder.replaceAll('"', "'")};\n`;
  });
  return `interface ${declaration.name.text} {\n${members.join('')}}`;
}

function declarationText(symbol, checker) {
  const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const texts = (origin.declarations ?? []).map((declaration) => {
    if (ts.isInterfaceDeclaration(declaration) && /\bInfer<(?:ReturnType<)?typeof/.test(declaration.getText()))
      return inferredText(declaration, checker);
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    return printer.printNode(ts.EmitHint.Unspecified, statement, statement.getSourceFile());
  });
  return texts.length ? texts.join('\n') : `/* ${symbol.name}: no declaration found */`;
}

export function apiOf(folder) {
  const entries = publicEntries(folder);
  if (entries.length === 0) return undefined;
  // What is exported stands in the package's own declarations: besides the language's own, nothing else is looked up.
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts'],
    strict: true,
    exactOptionalPropertyTypes: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (literals, containing) =>
    literals.map(({ text }) =>
      text.startsWith('.') ? ts.resolveModuleName(text, containing, options, host) : { resolvedModule: undefined },
    );
  const program = ts.createProgram(
    entries.map((entry) => entry.file),
    options,
    host,
  );
  const checker = program.getTypeChecker();
  const sections = entries.map(({ entry: name, file }) => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    const exported = symbol ? checker.getExportsOfModule(symbol) : [];
    const body = exported
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((one) => declarationText(one, checker))
      .join('\n\n');
    return `## \`${name}\` (${exported.length} names)\n\n\`\`\`ts\n${body}\n\`\`\`\n`;
  });
  return `# Public surface of ${PACKAGES.find((one) => one.folder === folder).name}\n\nWritten by \`node scripts/api-snapshot.mjs\`.\n\n${sections.join('\n')}`;
}

/** Says what is not as exported, or writes it; a package that is not built is a problem, and its page is left as it is. */
export function checkApi({ write, exists = existsSync }) {
  const problems = [];
  for (const { folder } of PACKAGES) {
    const missing = publicEntries(folder).find(({ file }) => !exists(file));
    if (missing !== undefined) {
      problems.push(`${path.relative(ROOT, missing.file)} does not exist; build first: node scripts/build.mjs`);
      continue;
    }
    const text = apiOf(folder);
    if (text === undefined) continue;
    const file = path.join(packageFolder(folder), 'api.md');
    const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (before === text) continue;
    if (write) writeFileSync(file, text);
    else problems.push(`${path.relative(ROOT, file)} is not what is exported; run: node scripts/api-snapshot.mjs`);
  }
  return problems;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const write = !process.argv.includes('--check');
  if (write) await buildAll({ quiet: true });
  const problems = [...checkApi({ write }), ...checkContents({ write }), ...checkDocs()];
  for (const problem of problems) console.error(problem);
  process.exit(problems.length ? 1 : 0);
}
