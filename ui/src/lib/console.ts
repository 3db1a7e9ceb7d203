const KEY = 'egressor.console'
export const LONGEST_TEMPLATE = 500

/** The template of links to this person's Kubernetes console, '' for none. It is kept in this browser alone. */
export function consoleTemplate(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return ''
  }
}

export function setConsoleTemplate(template: string): void {
  try {
    localStorage.setItem(KEY, template.trim().slice(0, LONGEST_TEMPLATE))
  } catch {
    // A browser that keeps nothing: the template lasts as long as the page.
  }
}
