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

/** The same on dark pages. */
const DARK: Readonly<Record<keyof typeof COLORS, string>> = {
  paper: '#15181d',
  ink: '#e8ecf1',
  dim: '#a3adb8',
  line: '#8b949e',
  gate: '#1a2940',
  link: '#272040',
  bad: '#ffa198',
  'bad-fill': '#3b1719',
  open: '#f5cf70',
  'open-fill': '#32280d',
  good: '#84e0a3',
  'good-fill': '#12301d',
  new: '#96c8ff',
  'new-fill': '#14263f',
};

/** The colors as variables of CSS: on light pages, and on dark ones. */
export const LIGHT_VARIABLES = variables(COLORS);
export const DARK_VARIABLES = variables(DARK);

function variables(colors: Readonly<Record<string, string>>): string {
  return Object.entries(colors)
    .map(([name, color]) => `--${name}: ${color};`)
    .join(' ');
}

const OF_MARK = { fail: 'bad', removed: 'bad', unknown: 'open', added: 'good', changed: 'new' } as const;

/** The color of a mark's lines and text. */
export function markColor(mark: Mark): string {
  return COLORS[OF_MARK[mark]];
}

export function fillColor(kind: NodeKind, mark: Mark | undefined): string {
  if (mark !== undefined) return COLORS[`${OF_MARK[mark]}-fill`];

  return kind === 'gateway' || kind === 'domain' ? COLORS.gate : kind === 'link' ? COLORS.link : COLORS.paper;
}
