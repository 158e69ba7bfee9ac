/**
 * Milliseconds of processor time that this process has used. A limit on work is a limit on this, not on the wall clock,
 * which other processes slow down.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
