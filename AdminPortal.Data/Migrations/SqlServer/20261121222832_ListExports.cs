using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class ListExports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "list_exports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    owner_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    owner_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    owner_key = table.Column<byte[]>(type: "varbinary(32)", maxLength: 32, nullable: true),
                    list = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    question = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: false),
                    language = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false),
                    persons = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: false),
                    checked_by_id = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    checked_by_name = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    decline_reason = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    attempt = table.Column<int>(type: "int", nullable: false),
                    lease_until = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    total_rows = table.Column<int>(type: "int", nullable: true),
                    written_rows = table.Column<int>(type: "int", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    parts = table.Column<int>(type: "int", nullable: true),
                    digest = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    expires_at = table.Column<DateTimeOffset>(type: "datetimeoffset", nullable: true),
                    fault = table.Column<string>(type: "nvarchar(40)", maxLength: 40, nullable: true),
                    version = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_list_exports", x => x.id);
                    table.CheckConstraint("ck_list_exports_file", "state <> 'Done' OR (size IS NOT NULL AND parts IS NOT NULL AND digest IS NOT NULL AND expires_at IS NOT NULL)");
                    table.CheckConstraint("ck_list_exports_running", "state <> 'Running' OR lease_until IS NOT NULL");
                    table.CheckConstraint("ck_list_exports_two_persons", "(persons = 'Full' AND (state IN ('AwaitsApproval', 'Cancelled') OR (checked_by_id IS NOT NULL AND checked_by_id <> owner_id))) OR (persons = 'Masked' AND checked_by_id IS NULL AND state NOT IN ('AwaitsApproval', 'Declined'))");
                    table.ForeignKey(
                        name: "FK_list_exports_staff_owner_id",
                        column: x => x.owner_id,
                        principalTable: "staff",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "list_export_parts",
                columns: table => new
                {
                    export_id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    attempt = table.Column<int>(type: "int", nullable: false),
                    ordinal = table.Column<int>(type: "int", nullable: false),
                    content = table.Column<byte[]>(type: "varbinary(max)", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_list_export_parts", x => new { x.export_id, x.attempt, x.ordinal });
                    table.ForeignKey(
                        name: "FK_list_export_parts_list_exports_export_id",
                        column: x => x.export_id,
                        principalTable: "list_exports",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_list_exports_owner_id_requested_at",
                table: "list_exports",
                columns: new[] { "owner_id", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "IX_list_exports_state_requested_at",
                table: "list_exports",
                columns: new[] { "state", "requested_at" });

            migrationBuilder.CreateIndex(
                name: "ix_list_exports_under_way",
                table: "list_exports",
                column: "owner_id",
                unique: true,
                filter: "state IN ('AwaitsApproval', 'Waiting', 'Running')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "list_export_parts");

            migrationBuilder.DropTable(
                name: "list_exports");
        }
    }
}
