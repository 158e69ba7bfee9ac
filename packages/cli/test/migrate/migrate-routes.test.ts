import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { expect, it } from 'vitest';
import { REGION } from '../../../simulator/test/checks/aws/account.js';
import { observeAws, openAws } from '../../../simulator/test/migrate/aws-stages.js';
import { integrationOf, secondLink, share } from '../../../simulator/test/migrate/catalogue/aws.js';
import { folder, run } from '../run-command.js';

it('postern migrate validate names the route, its integration, and the other routes that would move', async () => {
  const stage = await openAws();
  const { api } = stage.parts;
  const from = stage.link();
  const integration = integrationOf(stage);
  share(stage, integration);
  const to = await secondLink(stage);
  const cwd = folder({ 'now.json': encodeSnapshot(await observeAws(stage, to)) });
  const validate = (...more: readonly string[]) =>
    run(
      `migrate validate --snapshot now.json --provider aws --region ${REGION} --api ${api} --from ${from} --to ${to}`
        .split(' ')
        .concat(more),
      { cwd },
    );

  const one = await validate('--route', 'ANY /orders');
  expect(one.status).toBe(0);
  expect(one.out).toContain('! migrate/shared-integration');
  expect(one.out.replaceAll(/\s+/g, ' ')).toContain(
    `ANY /orders uses integration ${integration}, which GET /other also uses: changing its link to ${to} moves both`,
  );
  expect(one.out).toContain(`on the resource whose id is ${integration}`);
  expect(one.out.trimEnd()).toMatch(new RegExp(`✓ ANY /orders of shop \\(${api}\\) → ${to} may go ahead$`));

  const all = await validate();
  expect(all.status).toBe(0);
  expect(all.out).not.toContain('migrate/shared-integration');
  expect(all.out.trimEnd()).toMatch(new RegExp(`✓ shop \\(${api}\\) → ${to} may go ahead$`));
});
