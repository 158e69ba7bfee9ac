import type { Problem } from '../problems/problem.js';
import type { Path } from '../source/plain-value.js';

/** What the paths of a gateway's routes may hold. */
interface PathRule {
  /** Part of a path that stands for one part, and for all the rest. */
  readonly variable: RegExp;
  readonly greedy: RegExp;
  /** What only variables are written with. */
  readonly marks: RegExp;
  /** Whether a name may stand once only. */
  readonly unique?: true | undefined;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html */
const HTTP_API: PathRule = { variable: /^\{[^{}+]+\}$/, greedy: /^\{[^{}+]+\+\}$/, marks: /[{}]/, unique: true };

/** https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-createapi */
const API_GROUP: PathRule = {
  variable: /^\{[A-Za-z_][\w-]*\}$/,
  greedy: /^\{[A-Za-z_][\w-]*\+\}$/,
  marks: /[{}[\]*]/,
};

/** What an HTTP API refuses as the key of a route: a greedy variable before the end of the path, a variable's name twice, half a variable. */
export function checkHttpApiRoute(key: string, path: Path, problems: Problem[]): void {
  // What a slash at the end means behind a greedy variable is documented nowhere.
  if (key !== '$default') checkPath(key.replace(/\/$/, ''), HTTP_API, path, problems);
}

/** Paths of API groups have parameters and may end in a greedy one, as those of HTTP APIs do; there is no route for all the rest. */
export function checkApiGroupRoute(key: string, path: Path, problems: Problem[]): void {
  if (key === '$default') push(problems, path, 'an API group has no route for all the rest', "Write 'ANY /{proxy+}'.");
  else checkPath(key, API_GROUP, path, problems);
}

function checkPath(key: string, { variable, greedy, marks, unique }: PathRule, path: Path, problems: Problem[]): void {
  const parts = key.replace(/^\S+ \//, '').split('/');
  const wrong = parts.find((part, at) =>
    greedy.test(part) ? at < parts.length - 1 : marks.test(part) && !variable.test(part),
  );
  if (wrong !== undefined) {
    const remedy = 'Write {name} for one part of it, and {name+} for all the rest at its end.';
    push(problems, path, `${wrong} cannot stand ${greedy.test(wrong) ? 'before the end of' : 'in'} a path`, remedy);
    return;
  }
  if (unique !== true) return;
  const names = parts.filter((part) => part.startsWith('{')).map((part) => part.replaceAll(/[{}+]/g, ''));
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) push(problems, path, `{${twice}} is in the path twice`, 'Give one of them another name.');
}

function push(problems: Problem[], path: Path, message: string, remedy: string): void {
  problems.push({ code: 'INVALID_SPEC', message, remedy, path, key: true });
}
