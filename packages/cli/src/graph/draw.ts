import type { Graph, GraphPage } from '@postern/core/internal/graph';
import { note } from '../output/print.js';
import { writeOutput } from '../output/files.js';
import type { Io } from '../process/io.js';

/** The formats of a picture. */
export const FORMATS = ['svg', 'dot', 'mermaid', 'html'] as const;
export type PictureFormat = (typeof FORMATS)[number];

/**
 * Writes a picture to stdout or to a file. `page`: what a page of HTML shows besides.
 * @throws {PosternError} `FILE_UNWRITABLE`.
 */
export async function draw(
  io: Io,
  graph: Graph,
  { format, output }: { readonly format: PictureFormat; readonly output?: string | undefined },
  page: GraphPage = {},
): Promise<void> {
  const text = await pictureOf(io, graph, format, page);
  if (output === undefined) {
    io.stdout.write(text);
    return;
  }

  await writeOutput(io, output, text);
  note(io, `the picture is in ${output}`);
}

/** A graph with names of variables in place of their values, so that boxes have the widths of what is shown. */
function named({ shown }: Io, graph: Graph): Graph {
  return shown === undefined ? graph : (JSON.parse(shown(JSON.stringify(graph))) as Graph);
}

/** A picture as text. */
export async function pictureOf(io: Io, given: Graph, format: PictureFormat, page: GraphPage = {}): Promise<string> {
  const { dotOf, graphHtml, mermaidOf, styledSvg } = await import('@postern/core/internal/graph');
  const graph = named(io, given);
  if (format === 'dot') return dotOf(graph);
  if (format === 'mermaid') return mermaidOf(graph);

  const isTitled = format === 'svg';
  const svg = styledSvg(await svgOf(dotOf(graph, { isTitled })), graph.title);
  return isTitled ? svg : graphHtml(graph, svg, page);
}

/** The layout of Graphviz: WebAssembly, over a megabyte, loaded on first use. */
export async function svgOf(dot: string): Promise<string> {
  const { instance } = await import('@viz-js/viz');
  return (await instance()).renderString(dot, { format: 'svg', engine: 'dot' });
}
