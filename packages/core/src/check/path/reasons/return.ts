import { reason, reasons, type PathRule } from './reason.js';

/** The texts of `path/return`. */
export const pathReturn = {
  id: 'path/return',
  title: 'Answers reach the link',
  about:
    'Network ACLs are stateless. Answers go to any port from 1024 to 65535, and need an allow entry outbound ' +
    "from the target's subnet and inbound to the link's. If up to 1 % of these ports are denied, the finding " +
    "is a warning with the percentage: calls from these ports fail, others succeed. The target's subnet " +
    'needs a route back to the link. The return path from an on-premises network cannot be read; declare it ' +
    'with `assume: { returnPaths: [10.8.0.0/16] }` in the spec.',
} as const satisfies PathRule;

/** The sentences of hops on the return path alone. */
export const returnReasons = reasons({
  ANSWER_ASTRAY: reason(
    'the routes send the answer of {to} to {reached}, and {from} is in {network|another network}',
    'Route {from} back to {network|its network} in the route table of {to}.',
  ),
});
