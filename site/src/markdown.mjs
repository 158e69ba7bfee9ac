// How Markdown becomes a page, and whether each page can become one: the two steps of the build that an edit of a page breaks.
import { createRequire } from 'node:module';
import path from 'node:path';
import { createMarkdownRenderer } from 'vitepress';
import { targetOf } from './check-dist.mjs';
import { anchorOf } from './split.mjs';
import { STAGED } from './stage.mjs';

/** Where a long code may break on a narrow screen: after its marks. What is copied or searched does not have these. */
const withBreaks = (html) =>
  html.replace(
    />([^<>]{12,})</,
    (_, code) => `>${code.replaceAll(/(?<=[\w&;])([_./:]|-(?=\w))(?=[\w<{])/g, '$1<wbr>')}<`,
  );

/** A character after which a line may end without a space. */
const CHINESE_END = /[\p{Script=Han}，。、：；？！）]$/u;

/** Changes the rules by which VitePress writes HTML. */
export function markdownRules(md) {
  // Tables scroll sideways where they do not fit: the keyboard has to reach them.
  md.renderer.rules.table_open = () => '<table tabindex="0">\n';
  // VitePress shields blocks of code from Vue, and not code within a line: `{{name}}` would be an expression.
  // https://github.com/vuejs/vitepress/discussions/3724
  const inline = md.renderer.rules.code_inline;
  md.renderer.rules.code_inline = (tokens, at, ...rest) => {
    tokens[at].attrSet('v-pre', '');
    return withBreaks(inline(tokens, at, ...rest));
  };
  // Between lines in Chinese there is no space.
  md.core.ruler.push('lines-in-chinese', ({ tokens }) => {
    for (const { children } of tokens)
      for (const [at, { type }] of (children ?? []).entries())
        if (type === 'softbreak' && CHINESE_END.test(children[at - 1]?.content ?? '') && children[at + 1]?.content)
          Object.assign(children[at], { type: 'text', content: '' });
  });
  // Text outside of code is no expression either.
  const text = md.renderer.rules.text;
  md.renderer.rules.text = (...args) => text(...args).replaceAll('{{', '&#123;&#123;');
}

const { compile } = createRequire(createRequire(import.meta.url).resolve('vue'))('@vue/compiler-dom');

/** Why the build would fail: what Vue cannot compile in a page, and links to pages that do not exist. Code is not colored. */
export async function problemsOfPages(pages) {
  const md = await createMarkdownRenderer(STAGED, {
    config: markdownRules,
    anchor: { slugify: anchorOf },
    highlight: (code) => `<pre v-pre><code>${md.utils.escapeHtml(code)}</code></pre>`,
  });
  const places = new Set(pages.map(({ place }) => place.replace(/\.md$/, '.html')));
  return pages.flatMap(({ place, text }) => {
    const env = { path: path.join(STAGED, place), relativePath: place, cleanUrls: false };
    const html = md.render(text.replace(/^---\n[\s\S]*?\n---\n/, ''), env);
    const problems = [];
    compile(`<div>${html}</div>`, { onError: ({ message }) => problems.push(`${place}: ${message}`) });
    const dead = (env.links ?? []).filter((link) => {
      const target = targetOf(place.replace(/\.md$/, '.html'), decodeURIComponent(link));
      return target !== undefined && target.file.endsWith('.html') && !places.has(target.file);
    });
    return [...problems, ...dead.map((link) => `${place}: ${link} leads nowhere`)];
  });
}
