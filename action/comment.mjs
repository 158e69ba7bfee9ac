// Comments a plan on the pull request. The next run changes that comment: one comment for each spec.
//   node comment.mjs plan.txt      with the environment of a GitHub Actions job, SPEC, FOLDER and PULL_REQUEST
// https://docs.github.com/en/rest/issues/comments
import { readFileSync } from 'node:fs';

/** The API refuses longer comments (65,536 characters). */
const LONGEST = 60_000;
const PAGE = 100;

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST, SPEC = '', FOLDER = '.' } = process.env;

/** Names the comment of this spec. Invisible on the page. What could end the HTML comment is left out. */
const mark = `<!-- postern plan: ${`${FOLDER}/${SPEC || 'postern.yaml'}`.replaceAll(/[^\w./-]/g, '')} -->`;

function body(plan) {
  const text = plan.length > LONGEST ? `${plan.slice(0, LONGEST)}\n… (cut: the job's output has all)` : plan;
  // Longer than any in the plan, whose names come from the cloud.
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${mark}\n### Postern plan\n\n${fence}text\n${text.trimEnd()}\n${fence}\n`;
}

async function call(method, path, content) {
  const answer = await fetch(`${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(content && { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return answer.json();
}

async function earlierComment() {
  for (let page = 1; ; page += 1) {
    const comments = await call('GET', `issues/${PULL_REQUEST}/comments?per_page=${PAGE}&page=${page}`);
    const found = comments.find((comment) => comment.body?.startsWith(mark));
    if (found || comments.length < PAGE) return found;
  }
}

try {
  const content = { body: body(readFileSync(process.argv[2], 'utf8')) };
  const earlier = await earlierComment();
  if (earlier) await call('PATCH', `issues/comments/${earlier.id}`, content);
  else await call('POST', `issues/${PULL_REQUEST}/comments`, content);
} catch (error) {
  console.error(`The plan could not be commented: ${error.message}`);
  console.error('Give the job the permission `pull-requests: write`, or the action the input `comment: false`.');
  process.exitCode = 1;
}
