using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class StaffAdministration : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "realm",
                table: "staff_roles",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "closed_at",
                table: "staff",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "closed_reason",
                table: "staff",
                type: "nvarchar(500)",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "dormant_since",
                table: "staff",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "opened_at",
                table: "staff",
                type: "datetimeoffset",
                nullable: false,
                defaultValue: new DateTimeOffset(new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified), new TimeSpan(0, 0, 0, 0, 0)));

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "signed_in_at",
                table: "staff",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "role_grants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    staff_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    role_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: false),
                    proposed_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    proposed_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    proposed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    checked_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    checked_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    decline_reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_role_grants", x => x.id);
                    table.CheckConstraint("ck_role_grants_checked", "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)");
                    table.CheckConstraint("ck_role_grants_two_persons", "proposed_by_id <> staff_id AND (checked_by_id IS NULL OR (checked_by_id <> proposed_by_id AND checked_by_id <> staff_id))");
                    table.ForeignKey(
                        name: "FK_role_grants_staff_staff_id",
                        column: x => x.staff_id,
                        principalTable: "staff",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_realms",
                columns: table => new
                {
                    staff_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    realm = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_staff_realms", x => new { x.staff_id, x.realm });
                    table.ForeignKey(
                        name: "FK_staff_realms_staff_staff_id",
                        column: x => x.staff_id,
                        principalTable: "staff",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_staff_roles_staff_id_realm",
                table: "staff_roles",
                columns: new[] { "staff_id", "realm" });

            // Who is there has roles of one realm; dormancy counts from now on.
            migrationBuilder.Sql("EXEC(N'UPDATE staff_roles SET realm = CASE role_name WHEN ''Auditor'' THEN ''Audit'' ELSE ''Work'' END;');");
            migrationBuilder.Sql("EXEC(N'INSERT INTO staff_realms (staff_id, realm) SELECT DISTINCT staff_id, realm FROM staff_roles;');");
            migrationBuilder.Sql("EXEC(N'UPDATE staff SET opened_at = SYSUTCDATETIME();');");

            migrationBuilder.AddCheckConstraint(
                name: "ck_staff_roles_realm",
                table: "staff_roles",
                sql: "(role_name = 'Auditor' AND realm = 'Audit') OR (role_name = 'SystemAdministrator' AND realm = 'System') OR (role_name = 'SecurityAdministrator' AND realm = 'Security') OR (role_name NOT IN ('Auditor', 'SystemAdministrator', 'SecurityAdministrator') AND realm = 'Work')");

            migrationBuilder.CreateIndex(
                name: "IX_role_grants_staff_id_proposed_at",
                table: "role_grants",
                columns: new[] { "staff_id", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "ux_role_grants_one_proposal",
                table: "role_grants",
                columns: new[] { "staff_id", "role_name" },
                unique: true,
                filter: "state = 'Proposed'");

            migrationBuilder.CreateIndex(
                name: "ux_staff_realms_one",
                table: "staff_realms",
                column: "staff_id",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_staff_roles_staff_realms_staff_id_realm",
                table: "staff_roles",
                columns: new[] { "staff_id", "realm" },
                principalTable: "staff_realms",
                principalColumns: new[] { "staff_id", "realm" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_staff_roles_staff_realms_staff_id_realm",
                table: "staff_roles");

            migrationBuilder.DropTable(
                name: "role_grants");

            migrationBuilder.DropTable(
                name: "staff_realms");

            migrationBuilder.DropIndex(
                name: "IX_staff_roles_staff_id_realm",
                table: "staff_roles");

            migrationBuilder.DropCheckConstraint(
                name: "ck_staff_roles_realm",
                table: "staff_roles");

            migrationBuilder.DropColumn(
                name: "realm",
                table: "staff_roles");

            migrationBuilder.DropColumn(
                name: "closed_at",
                table: "staff");

            migrationBuilder.DropColumn(
                name: "closed_reason",
                table: "staff");

            migrationBuilder.DropColumn(
                name: "dormant_since",
                table: "staff");

            migrationBuilder.DropColumn(
                name: "opened_at",
                table: "staff");

            migrationBuilder.DropColumn(
                name: "signed_in_at",
                table: "staff");
        }
    }
}
