import type { Mark, NodeKind } from './model.js';

/** The colors of a picture on white: of pages and their text, and of each mark with its fill. */
export const COLORS = {
  paper: '#ffffff',
  ink: '#1f2328',
  dim: '#57606a',
  line: '#6e7781',
  gate: '#eaf2fd',
  link: '#f1edfc',
  bad: '#a40e26',
  'bad-fill': '#ffefed',
  open: '#6b4700',
  'open-fill': '#fff7e0',
  good: '#0f5a2c',
  'good-fill': '#eaf8ee',
  new: '#0a4c9b',
  'new-fill': '#e8f2ff',
} as const;

const OF_MARK = { fail: 'bad', removed: 'bad', unknown: 'open', added: 'good', changed: 'new' } as const;

/** The color of a mark's lines and text. */
export function markColor(mark: Mark): string {
  return COLORS[OF_MARK[mark]];
}

/** The color in a node. */
export function fillColor(kind: NodeKind, mark: Mark | undefined): string {
  if (mark !== undefined) return COLORS[`${OF_MARK[mark]}-fill`];
  return kind === 'gateway' ? COLORS.gate : kind === 'link' ? COLORS.link : COLORS.paper;
}
