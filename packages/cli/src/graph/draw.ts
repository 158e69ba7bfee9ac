import type { Graph } from '@postern/core/graph';
import { note } from '../output/print.js';
import { writeOutput } from '../output/write-output.js';
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
  await writeOutput(io, output, text);
  note(io, `the picture is in ${output}`);
}

async function pictureOf(graph: Graph, format: PictureFormat): Promise<string> {
  const { dotOf, graphHtml, mermaidOf, styledSvg } = await import('@postern/core/graph');
  if (format === 'dot') return dotOf(graph);
  if (format === 'mermaid') return mermaidOf(graph);
  const isTitled = format === 'svg';
  const svg = styledSvg(await svgOf(dotOf(graph, { isTitled })), graph.title);
  return isTitled ? svg : graphHtml(graph, svg);
}

/** The layout of Graphviz: WebAssembly, over a megabyte, loaded on first use. */
export async function svgOf(dot: string): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  return (await instance()).renderString(dot, { format: 'svg', engine: 'dot' });
}
