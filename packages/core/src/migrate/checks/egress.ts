import { aboutGateway } from '../about-gateway.js';
import { sourceOf } from '../../checks/words/source.js';
import { holds } from '../../checks/words/outcome.js';
import type { MigrationCheck } from '../migration-input.js';
import { counted } from '../../checks/words/counted.js';

/** `migrate/egress`. */
export const migrateEgress: MigrationCheck = {
  id: 'migrate/egress',
  title: 'Backends are called from the same addresses',
  severity: 'note',
  about:
    'After a move backends are called from the addresses of the new link. Whether the allowlists that a cloud knows let them in, `path/*`, `target/*` and `egress/*` say; lists that no cloud ' +
    'knows (host firewalls, data centres) need the blocks of the impact table. While DNS drains, both call: keep the old entries.',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances',
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html',
  ],
  *run({ check, gateway, from, to, future }) {
    const about = aboutGateway(gateway);
    const next = sourceOf(to).blocks.map(({ text }) => text);
    const old = from === undefined ? [] : sourceOf(from).blocks.map(({ text }) => text);
    const added = next.filter((text) => !old.includes(text));
    const evidence = [
      ...old.map((text) => ({ kind: 'old source', id: text, text })),
      ...next.map((text) => ({ kind: 'new source', id: text, text })),
    ];
    if (added.length === 0) {
      yield holds(check, about, () => ({ message: 'calls come from the same blocks as before', evidence }));
      return;
    }
    yield {
      verdict: 'fail',
      ...about,
      message: `calls to ${counted(future.targets.length, 'backend')} will come from ${added.join(', ')}`,
      evidence,
      remedy:
        'Let these blocks in at every backend whose list no cloud knows (see the impact table), and keep the old ones until the old way has drained.',
    };
  },
};
