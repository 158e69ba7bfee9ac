import path from 'node:path';
import type { Graph } from '@postern/core/graph';
import { note } from '../output/print.js';
import type { Io } from '../process/io.js';

/** The formats of a picture. */
export const FORMATS = ['svg', 'dot', 'mermaid', 'html'] as const;
export type PictureFormat = (typeof FORMATS)[number];

/**
 * Writes a picture to stdout or to a file.
 * @throws {PosternError} `FILE_UNWRITABLE`.
 */
export async function draw(
  io: Io,
  graph: Graph,
  { format, output }: { readonly format: PictureFormat; readonly output?: string | undefined },
): Promise<void> {
  const text = await pictureOf(graph, format);
  if (output === undefined) {
    io.stdout.write(text);
    return;
  }
  const { writeTextFile } = await import('@postern/core/node');
  await writeTextFile(path.resolve(io.cwd, output), text, { mode: 0o644 });
  note(io, `the picture is in ${output}`);
}

async function pictureOf(graph: Graph, format: PictureFormat): Promise<string> {
  const { dotOf, graphHtml, mermaidOf, styledSvg } = await import('@postern/core/graph');
  if (format === 'dot') return dotOf(graph);
  if (format === 'mermaid') return mermaidOf(graph);
  // Graphviz as WebAssembly, over a megabyte: loaded for these two formats only.
  const { instance } = await import('@viz-js/viz');
  const svg = styledSvg((await instance()).renderString(dotOf(graph), { format: 'svg', engine: 'dot' }));
  return format === 'svg' ? svg : graphHtml(graph, svg);
}
