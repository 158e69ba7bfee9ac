/**
 * Pictures: what exists, what a spec declares and what blocks it, the paths of calls, and what a plan changes. Graphs are
 * plain data; DOT and Mermaid are written from them. The layout of an SVG is Graphviz's.
 * @packageDocumentation
 */
export type { Graph } from '../check/graph/model.js';
export { graphOfSnapshot } from '../check/graph/of-snapshot.js';
export { graphOf, graphOfSpec } from '../check/graph/of-spec.js';
export { graphOfExplanations } from '../check/graph/of-explanations.js';
export { graphOfPlan } from '../check/graph/of-plan.js';
export { graphsOfMove, type PicturedMove } from '../check/graph/of-move.js';
export { dotOf } from '../check/graph/dot.js';
export { mermaidOf } from '../check/graph/mermaid.js';
export { legendOf } from '../check/graph/merge.js';
export { styledSvg } from '../check/graph/svg.js';
export { graphHtml, type GraphPage } from '../check/graph/html.js';
