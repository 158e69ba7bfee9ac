// An esbuild plugin for the command: of each AWS client the adapter gets the operations that it uses, which its apis.ts lists. EC2's client has
// 800 operations, and compiling the schemas of all of them took a fifth of a plan's time. The simulated cloud keeps the whole clients.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from './workspace.mjs';

/** What distinguishes a module of which a part is used from the whole one. */
const USED = '?used';
const ADAPTER = path.join(packageFolder('aws'), 'src');

/** The operations of each client that the adapter uses: `EC2` → `['CreateTags', …]`. */
export function usedOperations(apis = readFileSync(path.join(ADAPTER, 'apis.ts'), 'utf8')) {
  const operation = (method) => method[0].toUpperCase() + method.slice(1);
  return new Map(
    [...apis.matchAll(/= Api<\s*(\w+),([^>]*)>/g)].map(([, client, methods]) => [
      client,
      [...methods.matchAll(/'(\w+)'/g)].map(([, method]) => operation(method)),
    ]),
  );
}

/** The module of a client with some operations, as the SDK writes that with all. */
function clientOf(client, operations, text) {
  const [aggregated] = /^import \{ createAggregatedClient \} from .*$/m.exec(text) ?? [];
  if (aggregated === undefined) throw new Error(`the client ${client} of the SDK has a form that is not known`);
  const commands = operations.map((operation) => `${operation}Command`);
  return [
    aggregated,
    ...commands.map((command) => `import { ${command} } from './commands/${command}';`),
    `import { ${client}Client } from './${client}Client';`,
    `export class ${client} extends ${client}Client {}`,
    `createAggregatedClient({ ${commands.join(', ')} }, ${client});`,
  ].join('\n');
}

/** Schemas with the names of their traits in place of constants. A computed key keeps esbuild from leaving out what is not used. */
function withPlainKeys(text) {
  const constants = new Map([...text.matchAll(/^const (\w+) = ("[^"]*");$/gm)].map(([, name, value]) => [name, value]));
  return text.replace(/\[(\w+)\]:/g, (key, name) => (constants.has(name) ? `${constants.get(name)}:` : key));
}

export function onlyUsedOperations() {
  const used = usedOperations();
  return {
    name: 'only-used-operations',
    setup(build) {
      const resolved = async ({ path: name, importer, kind, resolveDir }) => {
        const { path: file, errors } = await build.resolve(name, {
          importer,
          kind,
          resolveDir,
          pluginData: { resolving: true },
        });
        return errors.length > 0 ? { errors } : { path: file, suffix: USED, sideEffects: false };
      };
      build.onResolve({ filter: /^@aws-sdk\/client-/ }, (asked) =>
        asked.pluginData?.resolving || !asked.importer.startsWith(ADAPTER) ? undefined : resolved(asked),
      );
      build.onResolve({ filter: /^\./ }, (asked) => (asked.pluginData?.used ? resolved(asked) : undefined));
      build.onLoad({ filter: /[\\/]client-[\w-]+[\\/]dist-es[\\/]/ }, ({ path: file, suffix }) => {
        if (suffix !== USED) return undefined;
        const text = readFileSync(file, 'utf8');
        const isAtTop = path.basename(path.dirname(file)) === 'dist-es';
        const name = path.basename(file, '.js');
        const [, client] = /"\.\/(\w+)Client"/.exec(text) ?? [];
        let contents = text;
        if (isAtTop && name === 'index') contents = `export { ${client} } from './${client}';`;
        else if (isAtTop && used.has(name)) contents = clientOf(name, used.get(name), text);
        else if (name.startsWith('schemas_')) contents = withPlainKeys(text);
        return { contents, resolveDir: path.dirname(file), pluginData: { used: true } };
      });
    },
  };
}
