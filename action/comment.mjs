// Comments a plan on the pull request. The next run changes that comment: one comment for each spec.
//   node comment.mjs plan.txt      with the environment of a GitHub Actions job, SPEC, FOLDER and PULL_REQUEST
// https://docs.github.com/en/rest/issues/comments
import { readFileSync } from 'node:fs';

/** The API refuses longer comments (65,536 characters). */
const LONGEST = 60_000;
const PAGE = 100;

const { GITHUB_API_URL, GITHUB_GRAPHQL_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, PULL_REQUEST } = process.env;
const { SPEC = '', FOLDER = '.' } = process.env;

/** Names the comment of this spec. Invisible on the page. What could end the HTML comment is left out. */
const mark = `<!-- postern plan: ${`${FOLDER}/${SPEC || 'postern.yaml'}`.replaceAll(/[^\w./-]/g, '')} -->`;

function body(plan) {
  const text = plan.length > LONGEST ? `${plan.slice(0, LONGEST)}\n… (cut: the job's output has all)` : plan;
  // Longer than any in the plan, whose names come from the cloud.
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${mark}\n### Postern plan\n\n${fence}text\n${text.trimEnd()}\n${fence}\n`;
}

const call = (method, path, content) => send(method, `${GITHUB_API_URL}/repos/${GITHUB_REPOSITORY}/${path}`, content);

async function send(method, url, content) {
  const answer = await fetch(url, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(content && { body: JSON.stringify(content) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${(await answer.text()).slice(0, 300)}`);
  return answer.json();
}

/** The number of the user whose token this is; undefined where only the token of the job itself is sure to be meant. */
async function ownId() {
  if (!GITHUB_GRAPHQL_URL) return undefined;

  // `GET /user` is refused to tokens of jobs and apps, this query is not: https://docs.github.com/en/graphql/reference/queries#viewer
  const query = '{ viewer { ... on User { databaseId } } }';
  const answer = await send('POST', GITHUB_GRAPHQL_URL, { query }).catch(() => undefined);
  return answer?.data?.viewer?.databaseId;
}

/** Whoever may comment can write a comment that begins alike: only a comment of the token's own user is the action's. */
async function earlierComment() {
  const own = await ownId();
  const isOwn = (user) => (own ? user?.id === own : user?.type === 'Bot' && user.login === 'github-actions[bot]');
  for (let page = 1; ; page += 1) {
    const comments = await call('GET', `issues/${PULL_REQUEST}/comments?per_page=${PAGE}&page=${page}`);
    const found = comments.find(({ user, body }) => body?.startsWith(mark) && isOwn(user));
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
