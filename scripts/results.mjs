// A program of a user that exports what each public function returns, and each member of that. A compiler that writes its declarations has to
// find a name for every type.
import ts from 'typescript';

const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
  types: [],
  strict: true,
};

const isPublic = ({ name, valueDeclaration: declared }) =>
  /^[a-z]\w*$/i.test(name) &&
  (!declared || !(ts.getCombinedModifierFlags(declared) & ts.ModifierFlags.NonPublicAccessibilityModifier));

const isOfUs = (symbol) => symbol?.declarations?.some((one) => /[\\/]@postern[\\/]/.test(one.getSourceFile().fileName));

/** The lines about one value that an entry exports: what it is or returns, and the members of that. */
function linesOf(name, symbol, checker) {
  const type = checker.getTypeOfSymbol(symbol);
  const [made] = type.getConstructSignatures();
  const [called] = type.getCallSignatures();
  const result = made ? `e.${name}` : called ? `Awaited<ReturnType<typeof e.${name}>>` : `typeof e.${name}`;
  const resultType = made?.getReturnType() ?? called?.getReturnType() ?? type;
  const awaited = checker.getAwaitedType(resultType) ?? resultType;
  const members = isOfUs(awaited.aliasSymbol ?? awaited.symbol) ? checker.getPropertiesOfType(awaited) : [];
  return [
    `export const ${name} = e.${name};`,
    `export const of_${name} = (result: ${made?.typeParameters ? 'never' : result}) => ({ result });`,
    ...members
      .filter(isPublic)
      .map(({ name: member }) => `export const ${name}_${member} = (result: ${result}) => result.${member};`),
  ];
}

/** The program of each entry, by its specifier. */
export function resultPrograms(entries) {
  const program = ts.createProgram(Object.values(entries), OPTIONS);
  const checker = program.getTypeChecker();
  return Object.entries(entries).map(([specifier, file]) => {
    const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(file)));
    const values = exported
      .map((one) => [one.name, one.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(one) : one])
      .filter(([, symbol]) => symbol.flags & ts.SymbolFlags.Value);
    const lines = values.flatMap(([name, symbol]) => linesOf(name, symbol, checker));
    return `import * as e from '${specifier}';\n${lines.join('\n')}\n`;
  });
}
