import { expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import * as named from '../named-in-docs.mjs';

type Missing = (text: string, isForContributors?: boolean) => readonly string[];
const { missingPathsIn, missingMembersIn } = named as {
  missingPathsIn: (files: readonly string[]) => Missing;
  missingMembersIn: (sources: readonly string[]) => Missing;
};

const paths = missingPathsIn(['packages/core/src/do/plan/diff.ts', 'packages/aws/src/cloud/index.ts', 'docs/spec.md']);
const members = missingMembersIn([
  'export interface Driver {\n  readonly identity: () => string;\n  readonly routes?: RouteDriver | undefined;\n}\n',
  'export interface RouteDriver {\n  create(): void;\n}\n',
]);

it.each([
  ['a file by its whole path', '`packages/core/src/do/plan/diff.ts`', []],
  ['a file by its tail', '`plan/diff.ts`', []],
  ['a file that was moved', '`draft/diff.ts`', ['draft/diff.ts']],
  ['a folder', '`do/plan/`', []],
  ['a folder that was moved', '`do/draft/`', ['do/draft/']],
  ['a page', '`docs/spec.md` and `docs/specs.md`', ['docs/specs.md']],
  [
    'a placeholder',
    '`packages/<cloud>/src/cloud/` and `packages/<cloud>/src/clouds/`',
    ['packages/<cloud>/src/clouds/'],
  ],
  ['a list', '`packages/{core,aws}/src` and `packages/{core,azure}/src`', ['packages/{core,azure}/src']],
  ['what is no path', '`link/exists`, `10.0.0.0/16`, `@postern/core/spec` and `packages/core/dist/index.js`', []],
])('paths in backticks: %s', (_, text, missing) => {
  expect(paths(text, true)).toEqual(missing);
});

it('folders of a page for users are theirs', () => {
  expect(paths('`.postern/` and `out/terraform/`', false)).toEqual([]);
});

it.each([
  ['a member', '`Driver.identity`', []],
  ['a member that was renamed', '`Driver.account`', ['Driver.account']],
  ['a member of a member', '`Driver.routes.create()` and `Driver.routes.sweep()`', ['Driver.routes.sweep']],
  ['a type that was removed', '`Router.create`', ['Router.create']],
  ['what is of the language, or a file', '`JSON.parse`, `Node.js`, `README.md`', []],
])('members in backticks: %s', (_, text, missing) => {
  expect(members(text)).toEqual(missing);
});
