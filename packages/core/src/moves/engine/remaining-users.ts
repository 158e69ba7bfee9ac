import { pause } from '../../do/apply/outcome.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { usesOfLink } from '../../do/imperative/link-uses.js';
import { isSameRef, type LinkRef } from '../../do/model/reference.js';
import { WHOLE } from '../record/history.js';
import { UNSEEN_MS } from './arrive.js';
import { act, type MoveTools, type StepResult } from './tools.js';

/** What uses a link that a move left, one text each. A read right after the deletion of an integration may still show it: then again later. */
export async function remainingUsers(tools: MoveTools, link: LinkRef): Promise<StepResult<string[]>> {
  const which = isSameRef(link, tools.plan.from) ? 'old' : 'new';
  let users = await usersOf(tools, link, `users of the ${which} link`);
  if (users.ok && users.value.some(({ hasRoutes }) => !hasRoutes)) {
    const waited = await pause(tools.run(WHOLE), 'wait for deleted integrations', UNSEEN_MS);
    if (!waited.ok) return waited;
    users = await usersOf(tools, link, `users of the ${which} link, later`);
  }
  return users.ok ? { ok: true, value: [...new Set(users.value.map(({ text }) => text))].toSorted() } : users;
}

function usersOf(
  tools: MoveTools,
  link: LinkRef,
  step: string,
): Promise<StepResult<{ readonly text: string; readonly hasRoutes: boolean }[]>> {
  const read = async (ctx: CallContext): Promise<{ readonly text: string; readonly hasRoutes: boolean }[]> => {
    // A shared instance is not read: it is in no account.
    const links = tools.driver.clouds.sharedLink(link.id) === undefined ? [link.id] : [];
    const region = await tools.driver.observe({ allGateways: true, links, linkKinds: [link.kind] }, ctx);
    const whole = region.gateways.filter(({ linkId }) => linkId === link.id); // a group without APIs, too
    const uses = usesOfLink(tools.driver.clouds, region, link);
    return [
      ...whole.map((gateway) => ({ gateway, hasRoutes: true })),
      ...uses.map(({ gateway, routeKeys }) => ({ gateway, hasRoutes: routeKeys.length > 0 })),
    ].map(({ gateway: { kind, name, id }, hasRoutes }) => ({
      text: `${kind} ${name === '' ? id : `${name} (${id})`}`,
      hasRoutes,
    }));
  };
  return act(tools, WHOLE, step, read, { reads: true });
}
