/** The highest port of TCP and UDP. The simulated clouds have it by themselves: what decides about packets runs no code of core. */
export const MAX_PORT = 65_535;

/** Whether calls can go to a port; some services show ports as text. */
export function isPort(port: number | string): boolean {
  return /^\d{1,5}$/.test(String(port)) && Number(port) >= 1 && Number(port) <= MAX_PORT;
}
