/**
 * Pictures: what exists, what a spec declares and what blocks it, the paths of calls, and what a plan changes. Graphs are
 * plain data; DOT and Mermaid are written from them. The layout of an SVG is Graphviz's.
 */
export * from '../check/graph/model.js';
export * from '../check/graph/of-snapshot.js';
export * from '../check/graph/of-spec.js';
export * from '../check/graph/of-explanations.js';
export * from '../check/graph/of-plan.js';
export * from '../check/graph/of-move.js';
export * from '../check/graph/dot.js';
export * from '../check/graph/mermaid.js';
export * from '../check/graph/merge.js';
export * from '../check/graph/svg.js';
export * from '../check/graph/html.js';
