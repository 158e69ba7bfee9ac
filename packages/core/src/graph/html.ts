import { htmlText } from '../report/html-text.js';
import { displayText } from '../text/display.js';
import type { Graph } from './model.js';

/** A page with a picture. It is as wide as it needs to be, and scrolls on narrow screens, so that text stays readable. */
export function graphHtml({ title }: Pick<Graph, 'title'>, svg: string): string {
  const name = htmlText(displayText(title));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${name}</title>
<style>
  body { margin: 1rem; font: 16px/1.4 sans-serif; background: #ffffff; color: #1b1b1f; }
  .picture { overflow-x: auto; }
  @media (prefers-color-scheme: dark) { body { background: #17181c; color: #e6e6ea; } }
</style>
</head>
<body>
<div class="picture" tabindex="0" aria-label="${name}">
${svg}
</div>
</body>
</html>
`;
}
