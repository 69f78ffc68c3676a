/**
 * Every setting has a variable (`CMT_P2P_PEX`, `CMTP2P_PEX`), which counts for more than the file; so has the home. With the
 * last of these the engine ends itself at a step, as its own tests want it to.
 */
const SETTING = /^CMT|^TMHOME$|^FAIL_TEST_INDEX$/

/** Names of the variables in this environment that would tell the engine something, and are kept from it. Rule CONF-6. */
export const settingsIn = (env: NodeJS.ProcessEnv): readonly string[] =>
  Object.keys(env).filter((name) => SETTING.test(name) && env[name] !== undefined)

/** The environment of an engine, which goes by its configuration file alone. Rule CONF-6. */
export const engineEnv = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SETTING.test(name)))
