/** The longest name of a load balancer: 32 letters, digits and hyphens. */
const LONGEST = 32;

/** A name for a load balancer of a kind, that no other has. */
export type BalancerNames = (of: string, kind: string) => string;

/**
 * Names for load balancers of one layout: `orders-nlb`, and `orders-nlb-2` where the first is in use.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
 */
export function balancerNames(): BalancerNames {
  const taken = new Set<string>();
  return (of, kind) => {
    const plain = of
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^(?:internal)?-|-$/g, '');
    for (let count = 1; ; count += 1) {
      const end = count === 1 ? `-${kind}` : `-${kind}-${count}`;
      const name = `${(plain || 'x').slice(0, LONGEST - end.length).replace(/-$/, '')}${end}`;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
}
