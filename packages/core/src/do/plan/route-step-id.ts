/** The step's id: `create route ANY /orders on a1b2c3`. */
export function routeStepId(
  verb: 'create' | 'adopt' | 'retarget' | 'move' | 'forget' | 'delete',
  key: string,
  gateway: string,
): string {
  return `${verb} route ${key} on ${gateway}`;
}
