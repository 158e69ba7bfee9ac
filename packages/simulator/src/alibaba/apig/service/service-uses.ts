import type { AlibabaRegionState } from '../../state/region-state.js';

/** What names a service: a route, or a Rest API or an operation that is to be published with it. */
export function usersOfService({ apig }: AlibabaRegionState, serviceId: string): readonly string[] {
  const names = (services: readonly { readonly serviceId: string }[]): boolean =>
    services.some((one) => one.serviceId === serviceId);
  const routes = [...apig.routes.values()].filter((row) =>
    names([...row.services, ...(row.published?.services ?? [])]),
  );
  const configured = [...apig.apis.values(), ...apig.operations.values()].filter(({ deployConfigs }) =>
    deployConfigs.some(({ services }) => names(services)),
  );
  return [...routes, ...configured].map(({ id }) => id);
}
