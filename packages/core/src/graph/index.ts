/**
 * Pictures: what exists, what a spec declares and what blocks it, the paths of calls, and what a plan changes. Graphs are
 * plain data; DOT and Mermaid are written from them. The layout of an SVG is Graphviz's.
 * @packageDocumentation
 */
export type { Change, Graph, GraphEdge, GraphNode, Mark, NodeKind } from './model.js';
export { graphOfSnapshot } from './of-snapshot.js';
export { graphOf, graphOfSpec } from './of-spec.js';
export { graphOfExplanations } from './of-explanations.js';
export { graphOfPlan } from './of-plan.js';
export { graphsOfMove, type MovePictures, type PicturedMove } from './of-move.js';
export { dotOf, type DotOptions } from './dot.js';
export { mermaidOf } from './mermaid.js';
export { legendOf } from './marks.js';
export { styledSvg } from './svg.js';
export { graphHtml } from './html.js';
