import { instance } from '@viz-js/viz';

/** The picture of a graph that `dotOf` wrote, by Graphviz, from top to bottom or from left to right: as it is narrower. */
export async function narrowSvgOf(dot: string): Promise<string> {
  const graphviz = await instance();
  const [down, right] = ['TB', 'LR'].map((rankdir) =>
    graphviz.renderString(dot.replace(/rankdir=\w+/, `rankdir=${rankdir}`), { format: 'svg', engine: 'dot' }),
  ) as [string, string];
  return widthOf(down) <= widthOf(right) ? down : right;
}

function widthOf(svg: string): number {
  return Number(/width="(\d+)pt"/.exec(svg)?.[1]);
}
