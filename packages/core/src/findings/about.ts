import type { IntegrationView, LinkView, TargetView } from '../world/views.js';
import type { About } from './outcome.js';

/** `link eu`; with a part of it, `link eu, subnet-a`. It is an integration's own where no other leads through the link. */
export function aboutLink({ name, integrations }: LinkView, part?: string): About {
  const only = integrations[0];
  return {
    subject: part === undefined ? `link ${name}` : `link ${name}, ${part}`,
    ...(integrations.length === 1 && only !== undefined ? { integration: only } : {}),
  };
}

/** `target orders`; with a part of it, `target orders, euw1-az1`. */
export function aboutTarget(integration: Pick<IntegrationView, 'name'>, target: TargetView, part?: string): About {
  return {
    subject: part === undefined ? `target ${target.name}` : `target ${target.name}, ${part}`,
    integration: integration.name,
  };
}
