import type { Asked } from '@postern/core/overlay';
import type { Gateway } from '@postern/core/snapshot';
import { AWS_TRAITS } from '../../cloud/traits.js';
import { AWS } from '../rows/id-forms.js';

export const BALANCERS = ['aws_lb', 'aws_alb'] as const;
export const GROUPS = ['aws_lb_target_group', 'aws_alb_target_group'] as const;
export const LISTENERS = ['aws_lb_listener', 'aws_alb_listener'] as const;
export const RULES = ['aws_lb_listener_rule', 'aws_alb_listener_rule'] as const;
export const ATTACHMENTS = ['aws_lb_target_group_attachment', 'aws_alb_target_group_attachment'] as const;

/** The API that a part names, and what is known of its kind. */
export function apiOf({ view, draft }: Pick<Asked, 'view' | 'draft'>, attribute = 'api_id') {
  const gateway = draft.get('gateways', view.neededRef(attribute, AWS.api));
  return gateway === undefined
    ? undefined
    : { gateway, traits: AWS_TRAITS.gateways[gateway.kind as keyof typeof AWS_TRAITS.gateways] };
}

/** The routes of an API that no resource of the plan is, by their keys. */
export function keptRoutes({ draft, planned }: Asked, { id }: Gateway): ReadonlySet<string> {
  const base = draft.base.gateways.find((one) => one.id === id);
  return new Set(base?.routes.filter((one) => !planned.has(one.id)).map(({ key }) => key));
}
