using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class TextsAndAuthorities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            Migrations.AuthorityPeriods.EndOnSqlServer(migrationBuilder);

            migrationBuilder.AddColumn<Guid>(
                name: "text_version_id",
                table: "messages",
                type: "uniqueidentifier",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "changed_at",
                table: "authorities",
                type: "datetimeoffset",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "changed_by_name",
                table: "authorities",
                type: "nvarchar(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "version",
                table: "authorities",
                type: "int",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "scheme_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    authority = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    new_name = table.Column<string>(type: "nvarchar(100)", maxLength: 100, nullable: true),
                    new_hotline = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    scheme_id = table.Column<string>(type: "nvarchar(8)", maxLength: 8, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    state = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    proposed_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    proposed_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    proposed_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    checked_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    checked_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    checked_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    decline_reason = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scheme_assignments", x => x.id);
                    table.CheckConstraint("ck_scheme_assignments_checked", "(state = 'Proposed' AND checked_by_id IS NULL AND checked_at IS NULL) OR (state <> 'Proposed' AND checked_by_id IS NOT NULL AND checked_at IS NOT NULL)");
                    table.CheckConstraint("ck_scheme_assignments_two_persons", "checked_by_id IS NULL OR (checked_by_id <> proposed_by_id AND (checked_by_key IS NULL OR proposed_by_key IS NULL OR checked_by_key <> proposed_by_key))");
                });

            migrationBuilder.CreateTable(
                name: "text_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    kind = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    version_number = table.Column<int>(type: "int", nullable: false),
                    label = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    state = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    zh = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    en = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    drafted_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    drafted_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    drafted_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    drafted_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    settled_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    settled_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    settled_by_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    revision = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_text_versions", x => x.id);
                    table.CheckConstraint("ck_text_versions_label", "(label IS NOT NULL AND state = 'Published' AND kind <> 'Message') OR (label IS NULL AND (state <> 'Published' OR kind = 'Message'))");
                    table.CheckConstraint("ck_text_versions_settled", "(state = 'Draft' AND settled_by_id IS NULL AND settled_at IS NULL) OR (state <> 'Draft' AND settled_by_id IS NOT NULL AND settled_at IS NOT NULL)");
                    table.CheckConstraint("ck_text_versions_two_persons", "state <> 'Published' OR (settled_by_id <> drafted_by_id AND (settled_by_key IS NULL OR drafted_by_key IS NULL OR settled_by_key <> drafted_by_key))");
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_text_version_id",
                table: "messages",
                column: "text_version_id");

            migrationBuilder.CreateIndex(
                name: "ux_authorities_one_running",
                table: "authorities",
                column: "authority",
                unique: true,
                filter: "valid_to IS NULL");

            migrationBuilder.AddCheckConstraint(
                name: "ck_authorities_order",
                table: "authorities",
                sql: "valid_to IS NULL OR valid_to >= valid_from");

            migrationBuilder.CreateIndex(
                name: "IX_scheme_assignments_authority_proposed_at",
                table: "scheme_assignments",
                columns: new[] { "authority", "proposed_at" });

            migrationBuilder.CreateIndex(
                name: "ux_scheme_assignments_one_proposed",
                table: "scheme_assignments",
                column: "authority",
                unique: true,
                filter: "state = 'Proposed'");

            migrationBuilder.CreateIndex(
                name: "IX_text_versions_name_version_number",
                table: "text_versions",
                columns: new[] { "name", "version_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_text_versions_label",
                table: "text_versions",
                columns: new[] { "name", "label" },
                unique: true,
                filter: "label IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_text_versions_one_draft",
                table: "text_versions",
                column: "name",
                unique: true,
                filter: "state = 'Draft'");

            migrationBuilder.AddForeignKey(
                name: "FK_messages_text_versions_text_version_id",
                table: "messages",
                column: "text_version_id",
                principalTable: "text_versions",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
            Migrations.FrozenTexts.GuardOnSqlServer(migrationBuilder);
            Migrations.AuthorityPeriods.GuardOnSqlServer(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            Migrations.AuthorityPeriods.DropOnSqlServer(migrationBuilder);
            Migrations.FrozenTexts.DropOnSqlServer(migrationBuilder);
            migrationBuilder.DropForeignKey(
                name: "FK_messages_text_versions_text_version_id",
                table: "messages");

            migrationBuilder.DropTable(
                name: "scheme_assignments");

            migrationBuilder.DropTable(
                name: "text_versions");

            migrationBuilder.DropIndex(
                name: "IX_messages_text_version_id",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "ux_authorities_one_running",
                table: "authorities");

            migrationBuilder.DropCheckConstraint(
                name: "ck_authorities_order",
                table: "authorities");

            migrationBuilder.DropColumn(
                name: "text_version_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "changed_at",
                table: "authorities");

            migrationBuilder.DropColumn(
                name: "changed_by_name",
                table: "authorities");

            migrationBuilder.DropColumn(
                name: "version",
                table: "authorities");
        }
    }
}
