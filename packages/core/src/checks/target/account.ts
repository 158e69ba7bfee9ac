import { stating, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetAccountWords } from './words/account.words.js';
import { aboutTarget } from '../../findings/about.js';
import { arnTargets, rightPlace } from './arn.js';

const { fails, unsure } = stating<(typeof targetAccountWords)['says']>();

/** `target/account`. */
export const targetAccount: Judgement = {
  id: 'target/account',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const { integration, target, arn, text } of arnTargets(input)) {
      const { region, missing } = integration.link.region;
      const { account } = region;
      const unread = region.unread === undefined ? undefined : missing('links');
      if (unread !== undefined) {
        said.push(unsure(aboutTarget(integration, target), 'ACCOUNT_NOT_READ', {}, unread));
      } else if (arn.account === account)
        said.push(rightPlace(input, integration, target, text, `the target is in account ${account}`));
      else {
        said.push(
          fails(aboutTarget(integration, target), 'OTHER_ACCOUNT', {
            params: { account: arn.account, link: integration.link.name, linkAccount: account },
            evidence: [{ kind: 'target', id: text, text: `account ${arn.account}` }],
          }),
        );
      }
    }
    return said;
  },
};
