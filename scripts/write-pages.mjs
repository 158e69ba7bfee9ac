// Brings every page that is written from the code up to date: docs/{errors,checks,spec,options}.md, api.md of each package, OPERATIONS.md,
// docs/outcomes.md, the snapshots in docs/tutorial, the pictures in docs/pictures, and what the commands in the pages print.
//   npm run pages
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { setUp } from './set-up.mjs';

const script = (name, ...args) => node([`scripts/${name}.mjs`, ...args], { show: true });
const written = (...tests) =>
  node([toolEntry('vitest'), 'run', ...tests, '--update'], { show: true, env: { POSTERN_WRITE_DOCS: '1' } });

await setUp();
try {
  // The commands of the pages read the snapshots in docs/tutorial.
  await written('packages/cli/test/pages/snapshots.verify.test.ts');
  await written(
    'packages/cli/test/pages/pages.verify.test.ts',
    'packages/cli/test/pages/readme.verify.test.ts',
    'scripts/test/comment-picture.test.ts',
    'packages/simulator/test/readme.test.ts',
    'packages/core/test/moves/validate/samples.test.ts',
    'packages/core/test/moves/validate/same-machine.test.ts',
    'packages/simulator/test/checks/aws/aws.verify.test.ts',
    'packages/simulator/test/checks/alibaba/alibaba.verify.test.ts',
    'packages/aws/test/observe/encryption.test.ts',
    'packages/simulator/test/traffic/outcomes/outcomes.test.ts',
  );
  await script('api-snapshot');
  await script('check-docs', '--write');
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
