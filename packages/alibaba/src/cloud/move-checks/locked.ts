import { aboutGateway, fail, migrationCheck, pass } from '@postern/core/checks';

/** `migrate/locked`. */
export const migrateLocked = migrationCheck({
  id: 'migrate/locked',
  severity: 'error',
  title: 'The gateway is not locked',
  about:
    'A group that is locked, for an overdue bill or its contents, accepts no changes: the service refuses the move with Forbidden….',
  sources: [
    'https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/migrate-api-groups-between-instances',
  ],
  codes: {
    NOT_LOCKED: pass('{id} is not locked'),
    LOCKED: fail(
      '{id} is locked ({locked}): the service refuses to move it',
      'Settle {locked} with the provider, then validate the move again.',
    ),
  },
  *run({ gateway }, say) {
    const about = aboutGateway(gateway);
    const { id, locked } = gateway;
    if (locked === undefined) yield say.NOT_LOCKED(about, { id });
    else yield say.LOCKED(about, { id, locked }, [{ kind: 'gateway', id, text: `locked: ${locked}` }]);
  },
});
