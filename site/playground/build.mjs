// Writes the playground: what the page loads on first use, and the text that it has without a program.
//   node site/playground/build.mjs FOLDER
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { readSamples } from './samples/read-samples.mjs';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const OF_DOCUMENTATION = new Map([
  ['about', "''"],
  ['sources', '[]'],
  ['unsettled', '[]'],
]);

/** The documentation of checks and codes is for docs/ and SARIF: without it the worker is a tenth smaller. */
const withoutDocumentation = {
  name: 'without-documentation',
  setup({ onLoad }) {
    // Nothing in the worker prints what a code means: it asks whether a code exists.
    onLoad({ filter: /core\/src\/ground\/error-codes\.ts$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replaceAll(/^( {2}[A-Z_]+:)\s+(?:'.*'|".*"),$/gm, "$1 '',"),
      loader: 'ts',
    }));
    onLoad({ filter: /core\/src\/check\/checks\/.*\.ts$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      return text.includes('defineCheck({') ? { contents: undocumented(text, file), loader: 'ts' } : undefined;
    });
  },
};

/** A source without the values of the members of checks that only documentation shows. */
export function undocumented(text, file = 'check.ts') {
  const cuts = [];
  const visit = (node) => {
    const [argument] =
      ts.isCallExpression(node) && node.expression.getText(source) === 'defineCheck' ? node.arguments : [];
    for (const member of argument !== undefined && ts.isObjectLiteralExpression(argument) ? argument.properties : []) {
      const short = OF_DOCUMENTATION.get(member.name?.getText(source));
      if (short !== undefined && ts.isPropertyAssignment(member)) cuts.push({ of: member.initializer, short });
    }
    ts.forEachChild(node, visit);
  };
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  visit(source);
  return cuts.reduceRight(
    (rest, { of, short }) => rest.slice(0, of.getStart(source)) + short + rest.slice(of.end),
    text,
  );
}

const SHARED = {
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  legalComments: 'none',
  charset: 'utf8',
  absWorkingDir: HERE,
  logLevel: 'warning',
};

/** Writes the program, the worker, the style and the samples into a folder. Returns what esbuild knows of the files. */
export async function buildPlayground(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const entries = { app: 'src/app.ts', boot: 'src/boot.ts', playground: 'src/playground.css' };
  const made = await Promise.all([
    build({
      ...SHARED,
      entryPoints: entries,
      outdir: folder,
      splitting: true,
      chunkNames: 'app-[hash]',
      metafile: true,
    }),
    build({
      ...SHARED,
      entryPoints: { worker: 'src/worker.ts' },
      outdir: folder,
      splitting: true,
      chunkNames: 'worker-[hash]',
      plugins: [withoutDocumentation],
      metafile: true,
    }),
  ]);
  const samples = readSamples();
  writeFileSync(path.join(folder, 'samples.json'), JSON.stringify(samples));
  writeFileSync(path.join(folder, 'shell.html'), await shell(samples));
  return made.map(({ metafile }) => metafile);
}

/** The page with the report of its first sample: the functions of the page, run by the build. */
async function shell(samples) {
  const { outputFiles } = await build({
    ...SHARED,
    entryPoints: ['src/shell.ts'],
    write: false,
  });
  const bundle = path.join(HERE, '../../.cache/playground-shell.mjs');
  mkdirSync(path.dirname(bundle), { recursive: true });
  writeFileSync(bundle, outputFiles[0].contents);
  const { answer, shellHtml } = await import(`${pathToFileURL(bundle).href}?${Date.now()}`);
  const [first] = samples;
  return shellHtml(samples, first, await answer({ ...first, now: 0 }), 'reference/checks/');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await buildPlayground(path.resolve(process.argv[2] ?? 'dist'));
