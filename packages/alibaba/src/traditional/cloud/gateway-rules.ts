import type { Gateway } from '@postern/core/internal/snapshot';
import {
  NOT_REACHED,
  OTHER_NAME,
  noBackend,
  noRoute,
  refused,
  type CallerAnswer,
  type GatewayRules,
  type MadeAnswer,
  type NoAddress,
} from '@postern/core/internal/kinds';

/** A custom domain may have no certificate, or point elsewhere. The group's own name has neither fault. */
function groupDomain({ settings }: Gateway): string | NoAddress {
  const own = settings?.domains.find(({ kind }) => kind === 'public')?.name;
  if (own === undefined) return { because: 'the API group has no public domain', remedy: OTHER_NAME };

  return `https://${own}${(settings?.basePath ?? '').replace(/(?<!\/)\/+$/, '')}`;
}

/**
 * An answer with an error code is of the gateway, one without is of the backend. D stands for the backend. I404: there is
 * no such API. I410: the group has left the instance.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/support/api-gateway-error-code-table
 */
function apiGroup({ status, headers }: CallerAnswer): MadeAnswer | undefined {
  const code = headers['x-ca-error-code'] ?? '';
  if (code === '') return undefined;

  const shown = /^[A-Z]\d{3}[A-Z]{2}$/.test(code) ? code : 'an unknown code';
  if (/^I4(?:04|10)/.test(code)) return noRoute(`the gateway does not serve the route on this stage (${shown})`);
  if (code.startsWith('D') || status >= 500) return noBackend(`${NOT_REACHED} (${shown})`);

  return refused(`the gateway refused the call (${shown})`);
}

/** @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/call-an-api */
export const API_GROUP_RULES: GatewayRules = {
  own: groupDomain,
  stage: { in: 'header', name: 'x-ca-stage' },
  madeAnswer: apiGroup,
};
