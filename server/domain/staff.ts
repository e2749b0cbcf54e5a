/** The roles of staff, each with its Persian word. */
export const ROLE_LABELS = {
  reporter: 'خبرنگار',
  editor: 'دبیر',
  chief: 'سردبیر',
  moderator: 'ناظر نظرات',
  admin: 'مدیر سامانه',
} as const satisfies Record<string, string>

/** One role; a staff member may have several. */
export type Role = keyof typeof ROLE_LABELS

/** All roles in order. */
export const ROLES = Object.keys(ROLE_LABELS) as Role[]

/** What staff may do at the desk. */
export type Permission =
  | 'write-articles'
  | 'publish-articles'
  | 'edit-any-article'
  | 'withdraw-articles'
  | 'moderate-comments'
  | 'decide-held-comments'
  | 'set-comment-rules'
  | 'administer'

const PERMISSIONS = {
  reporter: ['write-articles', 'publish-articles'],
  editor: ['write-articles', 'publish-articles', 'edit-any-article', 'withdraw-articles'],
  chief: [
    'write-articles',
    'publish-articles',
    'edit-any-article',
    'withdraw-articles',
    'moderate-comments',
    'decide-held-comments',
    'set-comment-rules',
  ],
  moderator: ['moderate-comments'],
  admin: ['administer', 'set-comment-rules', 'moderate-comments', 'decide-held-comments'],
} as const satisfies Record<Role, readonly Permission[]>

/** Whether one of the roles gives the permission. */
export function isAllowed(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => (PERMISSIONS[role] as readonly Permission[]).includes(permission))
}

/** A member of staff as the rooms know them: never with the password. */
export interface StaffMember {
  id: string
  username: string
  name: string
  roles: Role[]
  disabled: boolean
  createdAt: Date
}
